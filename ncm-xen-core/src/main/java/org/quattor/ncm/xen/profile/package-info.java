/** Bytes go in, an immutable tree comes out. */
@NullMarked
package org.quattor.ncm.xen.profile;

import org.jspecify.annotations.NullMarked;
