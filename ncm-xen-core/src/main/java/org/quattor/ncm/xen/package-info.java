/** A context goes in, a plan or a result comes out: the component that wires the stages. */
@NullMarked
package org.quattor.ncm.xen;

import org.jspecify.annotations.NullMarked;
