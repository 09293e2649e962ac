package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;

/** Whether something else than a guest uses its disk. What is not known is never free. */
sealed interface DiskUse {

  /** Nothing does. */
  record Free() implements DiskUse {}

  /**
   * Something does.
   *
   * @param by who, one each
   */
  record Used(ImmutableList<By> by) implements DiskUse {}

  /**
   * One that uses a disk.
   *
   * @param id of the finding that reports it
   * @param found who it is
   * @param expected what should be
   */
  record By(String id, String found, String expected) {}

  /**
   * Some domain may, since it is not known which disks it has.
   *
   * @param reason why it is not known
   */
  record Unknown(String reason) implements DiskUse {}
}
