/**
 * Takes the classes whose names end in {@code Fuzz} and the inputs kept for them, and runs the ones
 * on the others; {@code scripts/fuzz} makes new inputs.
 */
@NullMarked
package org.quattor.ncm.xen.fuzz;

import org.jspecify.annotations.NullMarked;
