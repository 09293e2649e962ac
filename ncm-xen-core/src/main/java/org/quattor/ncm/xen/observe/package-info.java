/**
 * A desired state and a host go in, one picture of the host comes out; reads only, in a number of
 * commands that does not depend on the number of guests.
 *
 * <p>Start with {@link org.quattor.ncm.xen.observe.Observer}.
 */
@NullMarked
package org.quattor.ncm.xen.observe;

import org.jspecify.annotations.NullMarked;
