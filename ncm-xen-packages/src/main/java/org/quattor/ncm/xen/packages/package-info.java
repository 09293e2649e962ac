/**
 * The commands go in, the files of the packages that tell of them come out: manual pages and
 * completion scripts. Runs in the build only; nothing of it is installed.
 */
@NullMarked
package org.quattor.ncm.xen.packages;

import org.jspecify.annotations.NullMarked;
