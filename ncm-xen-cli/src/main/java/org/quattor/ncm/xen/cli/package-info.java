/**
 * Arguments and streams go in, an exit code comes out: the command {@code ncm-xen}.
 *
 * <p>Start with {@link org.quattor.ncm.xen.cli.NcmXen}. A command reads its options, asks the
 * {@link org.quattor.ncm.xen.cli.Services} and hands the answer to a view.
 */
@NullMarked
package org.quattor.ncm.xen.cli;

import org.jspecify.annotations.NullMarked;
