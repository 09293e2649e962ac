/**
 * The component SPI: a profile and a context go in, a plan and then a result come out.
 *
 * <p>Start with {@link org.quattor.ncm.component.Component} (what a component does) and {@link
 * org.quattor.ncm.component.ComponentContext} (what a runner hands it). Nothing here knows Xen.
 */
@NullMarked
package org.quattor.ncm.component;

import org.jspecify.annotations.NullMarked;
