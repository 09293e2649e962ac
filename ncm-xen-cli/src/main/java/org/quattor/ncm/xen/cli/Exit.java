package org.quattor.ncm.xen.cli;

/** The exit codes; from 64 on, those of {@code sysexits.h}. */
enum Exit {
  DONE(0, "success, possibly with warnings"),
  ERRORS(1, "finished, with errors"),
  CHANGES(2, "configure would change something (with --detailed-exitcode)"),
  NO_QUATTOR(3, "nothing was done, because /etc/noquattor exists"),
  USAGE(64, "the command line is not valid"),
  INVALID(65, "the profile is not valid"),
  NO_INPUT(66, "the profile is missing, unreadable, or without /software/components/xen"),
  NO_TOOLSTACK(69, "the host has neither xl nor xm"),
  BUG(70, "a bug in ncm-xen"),
  IO(74, "the host could not be read, or reading or writing a file failed"),
  BUSY(75, "another run has the lock"),
  NOT_ROOT(77, "only root can change this host"),
  CONFIGURATION(
      78, "ncm-xen.conf, ccm.conf or a file of --schema or --vars is missing or not valid");

  private final int code;
  private final String meaning;

  Exit(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  int code() {
    return code;
  }

  String meaning() {
    return meaning;
  }
}
