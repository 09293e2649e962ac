package org.quattor.ncm.xen.cli;

/** The exit codes; those from 64 on are the ones of {@code sysexits.h}. */
enum Exit {
  DONE(0, "done; warnings are allowed"),
  ERRORS(1, "finished, with errors"),
  CHANGES(2, "something would change (with --detailed-exitcode)"),
  NO_QUATTOR(3, "/etc/noquattor says that nothing is to be done on this host"),
  USAGE(64, "the command line is wrong"),
  INVALID(65, "the profile was read, but is not valid"),
  NO_INPUT(66, "the profile is missing, not readable, or has no /software/components/xen"),
  NO_TOOLSTACK(69, "the host has neither xl nor xm"),
  BUG(70, "ncm-xen itself is at fault"),
  IO(74, "the host could not be read, or input and output failed"),
  BUSY(75, "another run has the lock"),
  NOT_ROOT(77, "only root may change this host"),
  CONFIGURATION(
      78, "the file of --schema, of --vars, ccm.conf or the settings is missing or wrong");

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
