package org.quattor.ncm.component;

/** What a plan is for; the two methods of an NCM component. */
public enum Intent {
  /** Make the host match the profile. */
  CONFIGURE,
  /** Withdraw what the component made, whatever the profile says. */
  UNCONFIGURE
}
