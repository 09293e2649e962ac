/**
 * A host goes in, the promises of {@code org.quattor.ncm.xen.host} are put to the test.
 *
 * <p>Extend the {@code Host…Contract} classes for host operations of your own; the simulated host
 * and the Linux host pass the same ones.
 */
@NullMarked
package org.quattor.ncm.xen.host.contract;

import org.jspecify.annotations.NullMarked;
