/**
 * A profile goes in, what became of each of its components comes out: a runner that does on a small
 * scale what ncm-cdispd and ncm-ncd do, and a component that has nothing to do with Xen.
 *
 * <p>The examples of docs/embedding.md are pieces of these files.
 */
@NullMarked
package org.quattor.ncm.example;

import org.jspecify.annotations.NullMarked;
