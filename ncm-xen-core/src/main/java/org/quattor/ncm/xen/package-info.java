/**
 * The Xen component: a profile and a host go in, a plan and a result come out.
 *
 * <p>Start with {@link org.quattor.ncm.xen.XenComponent}, which wires the stages: {@code profile},
 * {@code schema}, {@code model}, {@code rules}, {@code observe}, {@code plan}, {@code apply},
 * {@code report}.
 */
@NullMarked
package org.quattor.ncm.xen;

import org.jspecify.annotations.NullMarked;
