/**
 * A plan and a host go in, one outcome per action comes out: executes exactly the plan.
 *
 * <p>Start with {@link org.quattor.ncm.xen.apply.Applier}.
 */
@NullMarked
package org.quattor.ncm.xen.apply;

import org.jspecify.annotations.NullMarked;
