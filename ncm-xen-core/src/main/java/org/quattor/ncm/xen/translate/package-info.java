/**
 * What the options of a guest are in the words of a toolstack: the options go in, a guest file and
 * findings come out. What the toolstack would misread or pass over is found here, because it
 * depends on the toolstack and its version.
 *
 * <p>Start with {@link org.quattor.ncm.xen.translate.Translation}.
 */
@NullMarked
package org.quattor.ncm.xen.translate;

import org.jspecify.annotations.NullMarked;
