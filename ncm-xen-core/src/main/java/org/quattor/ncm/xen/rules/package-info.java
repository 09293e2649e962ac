/**
 * The model goes in, findings come out: what types cannot say, across fields and across guests.
 *
 * <p>Start with {@link org.quattor.ncm.xen.rules.Rules}. Each rule has a stable id, XEN100 to
 * XEN199.
 */
@NullMarked
package org.quattor.ncm.xen.rules;

import org.jspecify.annotations.NullMarked;
