package org.quattor.ncm.xen.cli;

import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.CachedProfile;
import org.quattor.ncm.xen.host.Toolstack;
import picocli.CommandLine.Model.OptionSpec;

/** Where the profile comes from. */
final class ProfileOptions extends Command.Group {

  private final OptionSpec profile =
      add(
          Declare.text("--profile")
              .order(1)
              .paramLabel("FILE|-")
              .description(
                  "The compiled profile of the host, JSON or XML, also in gzip; - reads standard input."
                      + " Default: the current profile of the CCM cache")
              .build());

  private final OptionSpec cacheRoot =
      add(
          Declare.text("--cache-root")
              .order(2)
              .paramLabel("DIR")
              .description(
                  "Without --profile: the CCM cache of this host. Default: cache_root of ccm.conf,"
                      + " otherwise /var/lib/ccm")
              .build());

  private final OptionSpec cid =
      add(
          Declare.text("--useprofile", "--cid")
              .order(3)
              .paramLabel("CID")
              .description(
                  "The profile of the cache: current, latest (or -), a number, or -N for the N-th"
                      + " highest number. Default: current")
              .build());

  private final OptionSpec ccmConf =
      add(
          Declare.text("--ccmcfg")
              .order(4)
              .paramLabel("FILE")
              .description(
                  "The configuration file of the CCM. Default: /etc/ccm.conf, if it exists")
              .build());

  final DeriveOptions derive;

  ProfileOptions(Command command) {
    super(command);
    derive = new DeriveOptions(command);
  }

  /**
   * Reads the profile, or derives it.
   *
   * @param dialect the toolstack that guest files are written for; a derived profile depends on it
   */
  Profile read(Services services, InputStream in, Toolstack dialect) {
    String option = derive.given();
    if (option == null) {
      return read(services, in);
    }
    if (derive.paths().isEmpty()) {
      throw new Failure(
          Exit.USAGE,
          option + " needs --derive-from; expected --derive-from with the guests' profiles");
    }
    String host = derive.hostName();
    if (host == null) {
      return derive.derive(read(services, in), dialect);
    }
    if (profile.getValue() != null || ofTheCache()) {
      throw new Failure(
          Exit.USAGE,
          "--hostname takes the host's own profile from --derive-from; expected either --hostname,"
              + " or --profile or an option of the CCM cache");
    }
    return derive.derive(host, dialect);
  }

  private boolean ofTheCache() {
    return cacheRoot.getValue() != null || cid.getValue() != null || ccmConf.getValue() != null;
  }

  private Profile read(Services services, InputStream in) {
    String file = profile.getValue();
    if (file == null) {
      return services.read(new CachedProfile(path(cacheRoot), cid.getValue(), path(ccmConf)));
    }
    if (ofTheCache()) {
      throw new Failure(
          Exit.USAGE,
          "--profile names a file, and --cache-root, --useprofile and --ccmcfg a profile of the"
              + " CCM cache; expected one of them");
    }
    return InputFiles.read(services, in, file);
  }

  private static @Nullable Path path(OptionSpec option) {
    String name = option.getValue();
    return name == null ? null : InputFiles.path(name, option.longestName());
  }
}
