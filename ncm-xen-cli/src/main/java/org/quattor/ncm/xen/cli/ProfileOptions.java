package org.quattor.ncm.xen.cli;

import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.CachedProfile;
import org.quattor.ncm.xen.host.Toolstack;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where the profile comes from. */
final class ProfileOptions {

  @Option(
      names = "--profile",
      order = 1,
      paramLabel = "FILE|-",
      description =
          "The host's compiled profile, JSON or XML, gzip allowed; - reads standard input."
              + " Default: the current profile of the CCM cache")
  @Nullable String profile;

  @Option(
      names = "--cache-root",
      order = 2,
      paramLabel = "DIR",
      description =
          "Without --profile: the CCM cache of this host. Default: cache_root of ccm.conf, else"
              + " /var/lib/ccm")
  private @Nullable String cacheRoot;

  @Option(
      names = {"--useprofile", "--cid"},
      order = 3,
      paramLabel = "CID",
      description =
          "Which profile of the cache: current, latest (or -), a number, or -N for the N-th of"
              + " the highest numbers. Default: current")
  private @Nullable String cid;

  @Option(
      names = "--ccmcfg",
      order = 4,
      paramLabel = "FILE",
      description = "The CCM's configuration. Default: /etc/ccm.conf, where it is there")
  private @Nullable String ccmConf;

  @Mixin final DeriveOptions derive = new DeriveOptions();

  /**
   * Reads the profile, or derives it.
   *
   * @param dialect what guest files are made for, which decides on what is derived
   */
  Profile read(Engine engine, InputStream in, Toolstack dialect) {
    String option = derive.given();
    if (option == null) {
      return read(engine, in);
    }
    if (derive.paths.isEmpty()) {
      throw new Failure(
          Exit.USAGE,
          option + " goes with --derive-from; expected --derive-from and the guests' profiles");
    }
    if (derive.hostName == null) {
      return derive.derive(read(engine, in), dialect);
    }
    if (profile != null || cacheRoot != null || cid != null || ccmConf != null) {
      throw new Failure(
          Exit.USAGE,
          "--hostname takes the host's own profile from --derive-from; expected either it or"
              + " --profile and its like");
    }
    return derive.derive(derive.hostName, dialect);
  }

  private Profile read(Engine engine, InputStream in) {
    if (profile == null) {
      return engine.read(
          new CachedProfile(
              cacheRoot == null ? null : InputFiles.path(cacheRoot, "--cache-root"),
              cid,
              ccmConf == null ? null : InputFiles.path(ccmConf, "--ccmcfg")));
    }
    if (cacheRoot != null || cid != null || ccmConf != null) {
      throw new Failure(
          Exit.USAGE,
          "--profile names a file, and --cache-root, --useprofile and --ccmcfg a profile of the"
              + " CCM cache; expected one of them");
    }
    return InputFiles.read(engine, in, profile);
  }
}
