package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Finding;

/** Whether anything but a guest uses its disk. What is unknown is never free. */
sealed interface DiskUse {

  /** Nothing does. */
  record Free() implements DiskUse {}

  /**
   * Something does.
   *
   * @param by one finding for each user
   */
  record Used(ImmutableList<Finding> by) implements DiskUse {}

  /**
   * A domain may, because its disks are unknown.
   *
   * @param reason why they are unknown
   */
  record Unknown(String reason) implements DiskUse {}
}
