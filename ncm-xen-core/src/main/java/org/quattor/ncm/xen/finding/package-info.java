/** What stages find goes in, one list of findings comes out. */
@NullMarked
package org.quattor.ncm.xen.finding;

import org.jspecify.annotations.NullMarked;
