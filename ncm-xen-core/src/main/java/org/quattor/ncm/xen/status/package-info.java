/**
 * What {@code status} reports: closed enumerations and the records that hold them, derived from a
 * plan and the observation that it was made from.
 *
 * <p>Start with {@link org.quattor.ncm.xen.status.HostStatus}. The name of a constant is its word
 * in the table and in JSON ({@link org.quattor.ncm.xen.text.Words}), so renaming one changes the
 * document {@code ncm-xen.status/1}.
 */
@NullMarked
package org.quattor.ncm.xen.status;

import org.jspecify.annotations.NullMarked;
