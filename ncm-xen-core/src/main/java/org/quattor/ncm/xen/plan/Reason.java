package org.quattor.ncm.xen.plan;

/** Why an action is planned. */
public enum Reason {
  /** Declared, may be made, and not there. */
  MISSING("it is declared and missing"),
  /** A run ended before the file system was complete. */
  UNFINISHED("a run ended before it was complete"),
  /** A temporary file of ours. */
  LEFTOVER("an interrupted run left it behind"),
  /** Smaller than declared, and {@code grow} is true. */
  SMALLER("it is smaller than declared, and grow is set"),
  /** The guest file says something else, or says it otherwise. */
  DIFFERS("it differs from what is declared"),
  /** A fetched file has another digest. */
  OTHER_CONTENT("its content is not what sha256 declares"),
  /** The guest file can be read or written by others. */
  MODE("its mode is not 0600"),
  /** The guest file was written by the Perl component. */
  PERL("it was written by the Perl component and is taken over"),
  /** The guest file was written by somebody else. */
  FOREIGN("it was written by another hand and is taken over"),
  /** {@code auto} is true. */
  AUTO_ON("auto is true"),
  /** {@code auto} is true, and the link points to something else. */
  AUTO_ELSEWHERE("auto is true, and the link points elsewhere"),
  /** {@code auto} is false. */
  AUTO_OFF("auto is false"),
  /** {@code guest_map} places the guest on another host. */
  OTHER_HOST("guest_map says that the guest belongs to another host"),
  /** {@code create_domains} is true, and the domain does not run. */
  NOT_RUNNING("create_domains is true and it does not run"),
  /** {@code state} is running, and the domain does not run. */
  STATE_RUNNING("state is running and it does not run"),
  /** {@code state} is stopped. */
  STATE_STOPPED("state is stopped"),
  /** A running domain has something otherwise than declared, and can take it. */
  RUNS_OTHERWISE("the running domain differs from what is declared"),
  /** What is stored for a domain's next reboot is not what is declared. */
  STORED_OTHERWISE("what is stored for its next reboot differs from what is declared"),
  /** A bridge is not as declared, or missing. */
  BRIDGE_DIFFERS("it is not as declared"),
  /** The bridges of xend are made by a script that is about to be replaced. */
  NETWORK_CHANGES("what it defines is replaced"),
  /** It is needed by bridges, at every boot. */
  FOR_BRIDGES("bridges are declared, and it makes them at boot"),
  /** A unit file was written or removed. */
  UNITS_CHANGE("its unit files change"),
  /** libvirt's own networks are not to start. */
  LIBVIRT_OUT("removeqemunetworklibvirtautostart is true"),
  /** libvirt's own networks may start again. */
  LIBVIRT_BACK("removeqemunetworklibvirtautostart is no longer true"),
  /** The list of networks that libvirt starts has changed. */
  LIBVIRT_CHANGES("what it starts by itself has changed, and it runs"),
  /** Made by ncm-xen, and no longer in the profile. */
  NOT_DECLARED("ncm-xen made it, and the profile no longer has it"),
  /** Made by ncm-xen, and everything is to be withdrawn. */
  WITHDRAWN("ncm-xen made it, and everything is withdrawn");

  private final String text;

  Reason(String text) {
    this.text = text;
  }

  /** Returns the clause for reports and JSON. */
  public String text() {
    return text;
  }
}
