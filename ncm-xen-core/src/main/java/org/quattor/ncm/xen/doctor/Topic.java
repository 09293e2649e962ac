package org.quattor.ncm.xen.doctor;

/** What the doctor looks at, in the order in which it tells; the ids stay. */
enum Topic {
  XEN("XEN550", "Xen"),
  BOOT_ENTRY("XEN551", "boot entry"),
  BOOT_MEMORY("XEN552", "dom0 memory at boot"),
  MEMORY("XEN553", "dom0 memory now"),
  ROOT_DEVICE("XEN554", "root device"),
  AUTOBALLOON("XEN555", "autoballoon"),
  BOOT_FILES("XEN556", "kernel and initrd"),
  INITRD("XEN557", "LVM in the initrd"),
  XENDOMAINS("XEN558", "xendomains"),
  SAVE_AND_RESTORE("XEN559", "save and restore"),
  MIGRATION("XEN564", "migration at shutdown"),
  WALLCLOCK("XEN560", "clocks of guests");

  private final String id;
  private final String subject;

  Topic(String id, String subject) {
    this.id = id;
    this.subject = subject;
  }

  String id() {
    return id;
  }

  String subject() {
    return subject;
  }
}
