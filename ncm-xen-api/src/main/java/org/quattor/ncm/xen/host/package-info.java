/**
 * What the Xen component asks of a host, by role; a runner may offer its own.
 *
 * <p>Start with {@link org.quattor.ncm.xen.host.XenHost}. Implementations must pass the contract
 * suites in the test jar of {@code ncm-xen-core}.
 *
 * <p>Contract of all methods. Paths are absolute and of the host. A method that reads MUST NOT
 * change the host. A method that fails MUST throw {@link org.quattor.ncm.xen.host.HostFailure} with
 * a sentence for people, and MUST NOT return a value that could be taken for an empty host. A
 * method that changes the host MUST leave either the old or the new state when the process dies in
 * it, where its text does not say otherwise.
 */
@NullMarked
package org.quattor.ncm.xen.host;

import org.jspecify.annotations.NullMarked;
