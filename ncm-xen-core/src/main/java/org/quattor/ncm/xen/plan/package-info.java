/**
 * A desired state and an observation go in, ordered typed actions come out: a pure function without
 * clock, host or I/O.
 *
 * <p>Start with {@link org.quattor.ncm.xen.plan.Planner} and {@link
 * org.quattor.ncm.xen.plan.Action}.
 */
@NullMarked
package org.quattor.ncm.xen.plan;

import org.jspecify.annotations.NullMarked;
