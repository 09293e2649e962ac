/** Text from profiles and hosts goes in, words for people, or its parts, come out. */
@NullMarked
package org.quattor.ncm.xen.text;

import org.jspecify.annotations.NullMarked;
