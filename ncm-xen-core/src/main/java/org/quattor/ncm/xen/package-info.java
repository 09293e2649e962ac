/**
 * The Xen component: a profile and a host go in, a plan and a result come out.
 *
 * <p>Start with {@link org.quattor.ncm.xen.XenComponent}, which wires the stages: {@code profile},
 * {@code schema}, {@code model}, {@code rules}, {@code observe}, {@code plan}, {@code apply},
 * {@code report}. It is the only package that knows all of them, and holds nothing but wiring: what
 * a context's options choose ({@code HostChoice}, {@code ToolstackChoice}), the stages that need no
 * host ({@code ValidatedProfile}), and what commands do beside the component: {@code ProfileCheck},
 * {@code XenDoctor}, {@code CachedProfile}.
 */
@NullMarked
package org.quattor.ncm.xen;

import org.jspecify.annotations.NullMarked;
