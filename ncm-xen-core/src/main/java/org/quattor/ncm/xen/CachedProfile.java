package org.quattor.ncm.xen;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.component.Refusal;
import org.quattor.ncm.xen.apply.Pause;
import org.quattor.ncm.xen.host.linux.CcmProgram;
import org.quattor.ncm.xen.profile.CcmCache;
import org.quattor.ncm.xen.profile.CcmSettings;

/**
 * Which profile of the host's CCM cache is wanted; null stands for what the CCM itself would take.
 *
 * @param cacheRoot the folder of the cache
 * @param cid which profile: current, latest, a number, or -N; null for current
 * @param ccmConf the file {@code ccm.conf}
 */
public record CachedProfile(
    @Nullable Path cacheRoot, @Nullable String cid, @Nullable Path ccmConf) {

  /**
   * Reads it.
   *
   * @throws Refusal when there is none, or {@code ccm.conf} is missing or wrong
   */
  public Profile read(Pause pause) {
    Path root = cacheRoot;
    if (root == null || ccmConf != null) {
      CcmSettings settings = CcmSettings.find(ccmConf, System.getenv("EDG_LOCATION"));
      root = root == null ? settings.cacheRoot() : root;
    }
    Path found = root;
    CcmProgram program = new CcmProgram();
    return new CcmCache(found, pause::of, number -> program.json(found, number))
        .read(cid == null ? "" : cid);
  }
}
