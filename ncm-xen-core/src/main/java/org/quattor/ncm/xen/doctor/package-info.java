/**
 * A host goes in, and what is expected of it; one line for each thing that a dom0 needs comes out:
 * ok, problem or unknown, with the command that corrects it. Only reads.
 */
@NullMarked
package org.quattor.ncm.xen.doctor;

import org.jspecify.annotations.NullMarked;
