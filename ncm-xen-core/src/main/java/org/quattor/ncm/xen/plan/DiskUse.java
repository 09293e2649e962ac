package org.quattor.ncm.xen.plan;

import com.google.common.collect.ImmutableList;
import org.quattor.ncm.component.Finding;

/** Whether something else than a guest uses its disk. What is not known is never free. */
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
   * Some domain may, since it is not known which disks it has.
   *
   * @param reason why it is not known
   */
  record Unknown(String reason) implements DiskUse {}
}
