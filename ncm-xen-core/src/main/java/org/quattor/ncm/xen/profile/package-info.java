/**
 * The bytes of a compiled profile, or an embedding caller's configuration, come in; an immutable
 * tree that is addressed by Pan paths goes out.
 *
 * <p>Start with {@link org.quattor.ncm.xen.profile.ProfileReader}. The tree is Apache Commons
 * Configuration's, behind {@link org.quattor.ncm.component.Profile}; {@link
 * org.quattor.ncm.xen.profile.ConfigurationProfile} makes one of an embedding caller's
 * configuration.
 */
@NullMarked
package org.quattor.ncm.xen.profile;

import org.jspecify.annotations.NullMarked;
