/**
 * The {@code XEN_*} variables of a host, its own profile and the compiled profiles of its guests
 * come in; the host's profile with {@code /software/components/xen} derived from them goes out.
 *
 * <p>Start with {@link org.quattor.ncm.xen.derive.Derivation}. {@link
 * org.quattor.ncm.xen.derive.Variable} lists the variables, {@link
 * org.quattor.ncm.xen.derive.VariablesReader} reads them. docs/derive.md tells what each of them
 * does.
 */
@NullMarked
package org.quattor.ncm.xen.derive;

import org.jspecify.annotations.NullMarked;
