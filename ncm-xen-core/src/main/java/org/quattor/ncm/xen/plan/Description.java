package org.quattor.ncm.xen.plan;

/**
 * What an action is called.
 *
 * @param type its kind, lower case with dashes
 * @param target what it works on
 * @param summary the action for people
 */
public record Description(String type, String target, String summary) {}
