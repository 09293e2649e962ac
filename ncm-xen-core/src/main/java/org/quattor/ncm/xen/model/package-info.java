/**
 * A validated component tree goes in, records come out; from here on there are no strings in maps.
 *
 * <p>Start with {@link org.quattor.ncm.xen.model.XenConfiguration}.
 */
@NullMarked
package org.quattor.ncm.xen.model;

import org.jspecify.annotations.NullMarked;
