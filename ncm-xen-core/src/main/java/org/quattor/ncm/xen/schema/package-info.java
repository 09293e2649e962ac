/**
 * Pan type declarations and the component's part of a profile come in; findings go out, one for
 * every place where the profile is not what the declarations say.
 *
 * <p>Start with {@link org.quattor.ncm.xen.schema.Schema}. Pan stays the only definition: the Pan
 * compiler and this package read the same file.
 */
@NullMarked
package org.quattor.ncm.xen.schema;

import org.jspecify.annotations.NullMarked;
