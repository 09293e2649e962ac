/** What the packages hold. */
@NullMarked
package org.quattor.ncm.xen.packages;

import org.jspecify.annotations.NullMarked;
