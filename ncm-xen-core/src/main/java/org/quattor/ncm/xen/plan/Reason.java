package org.quattor.ncm.xen.plan;

/** Why an action is planned. */
public enum Reason {
  /** Declared and missing, and ncm-xen may create it. */
  MISSING("it is declared and missing"),
  /** A run ended before the file system was complete. */
  UNFINISHED("a run ended before it was complete"),
  /** A temporary file of ours. */
  LEFTOVER("an interrupted run left it behind"),
  /** Smaller than declared, and {@code grow} is true. */
  SMALLER("it is smaller than declared, and grow is true"),
  /** The file has another content than declared. */
  DIFFERS("it differs from the profile"),
  /** A fetched file has another digest. */
  OTHER_CONTENT("its content is not what sha256 declares"),
  /** Others can read or write the guest file. */
  MODE("its mode is not 0600"),
  /** The Perl component wrote the guest file. */
  PERL("ncm-xen takes it over from the Perl component"),
  /** ncm-xen did not write the guest file. */
  FOREIGN("it was not created by ncm-xen, which takes it over"),
  /** {@code auto} is true. */
  AUTO_ON("auto is true"),
  /** {@code auto} is true, and the link points to something else. */
  AUTO_ELSEWHERE("auto is true, and the link points elsewhere"),
  /** {@code auto} is false. */
  AUTO_OFF("auto is false"),
  /** {@code guest_map} places the guest on another host. */
  OTHER_HOST("guest_map places the guest on another host"),
  /** {@code create_domains} is true, and the domain does not run. */
  NOT_RUNNING("create_domains is true, and the domain does not run"),
  /** {@code state} is running, and the domain does not run. */
  STATE_RUNNING("state is running, and the domain does not run"),
  /** {@code state} is stopped. */
  STATE_STOPPED("state is stopped"),
  /** A running domain differs from the profile, and can take the change. */
  RUNS_OTHERWISE("the running domain differs from the profile"),
  /** What is stored for a domain's next reboot is not what is declared. */
  STORED_OTHERWISE("what it takes at its next reboot differs from the profile"),
  /** A bridge is not as declared. */
  BRIDGE_DIFFERS("it differs from the profile"),
  /** This run replaces the script that creates the bridges of xend. */
  NETWORK_CHANGES("this run replaces the script"),
  /** Bridges need it at every boot. */
  FOR_BRIDGES("bridges are declared, and it creates them at boot"),
  /** A unit file was written or removed. */
  UNITS_CHANGE("its unit files change"),
  /** libvirt's own networks are not to start. */
  LIBVIRT_OUT("removeqemunetworklibvirtautostart is true"),
  /** libvirt's own networks may start again. */
  LIBVIRT_BACK("removeqemunetworklibvirtautostart is no longer true"),
  /** The list of networks that libvirt starts has changed. */
  LIBVIRT_CHANGES("the networks that it starts change, and it runs"),
  /** Created by ncm-xen, and no longer in the profile. */
  NOT_DECLARED("ncm-xen created it, and the profile no longer has it"),
  /** Created by ncm-xen, and everything is withdrawn. */
  WITHDRAWN("ncm-xen created it, and this run withdraws everything");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** Returns the clause for reports and JSON. */
  public String text() {
    return text;
  }
}
