/** Measures inner parts of ncm-xen in one warm JVM, by JMH; {@code benchmarks/run warm} starts it. */
@NullMarked
package org.quattor.ncm.xen.benchmarks;

import org.jspecify.annotations.NullMarked;
