/**
 * Small files that others keep on a host: in comes a path, out goes what is read there, links
 * followed.
 */
@NullMarked
package org.quattor.ncm.xen.files;

import org.jspecify.annotations.NullMarked;
