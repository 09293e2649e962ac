package org.quattor.ncm.xen.cli;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.quattor.ncm.xen.fuzz.KeptInputs;

/** Whatever bytes a reader is given, it answers as it promises. */
class FuzzTest {

  @TestFactory
  List<DynamicContainer> keptInputsAreReadAsPromised() throws IOException {
    return KeptInputs.tests("ncm-xen-cli");
  }
}
