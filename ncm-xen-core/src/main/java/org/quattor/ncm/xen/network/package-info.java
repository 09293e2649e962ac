/**
 * Takes the bridges of a profile and returns the texts of the scripts and units that make them at
 * the boot of the host and when ncm-xen calls them.
 *
 * <p>Names stand in the scripts as quoted words; the code around them is always the same and lies
 * in the resources of this package.
 */
@NullMarked
package org.quattor.ncm.xen.network;

import org.jspecify.annotations.NullMarked;
