package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.quattor.ncm.xen.host.Toolstack;

/** What {@code xl info} tells of free memory is all there is only when dom0 keeps its own. */
class XlMemoryTest {

  private static final String INFO =
      """
      host                   : xen1
      release                : 6.1.0-56-amd64
      total_memory           : 4095
      free_memory            : 1811
      sharing_freed_memory   : 0
      xen_commandline        : placeholder %s
      """;

  @TempDir Path root;

  private OptionalLong free(String arguments, String configuration) throws Exception {
    Files.createDirectories(root.resolve("etc/xen"));
    Files.writeString(root.resolve("etc/xen/xl.conf"), configuration);
    return new Answers(root)
        .answer("xl", INFO.formatted(arguments), 0)
        .host(Timing.SYSTEM)
        .domains(Toolstack.XL)
        .freeMemoryMib();
  }

  @ParameterizedTest
  @CsvSource({
    "dom0_mem=1024M, '', true",
    "'', '', false",
    "'', autoballoon=\"off\", true",
    "'', 'autoballoon=0 # none', true",
    "dom0_mem=1024M, autoballoon=\"on\", false",
    "dom0_mem=1024M, '#autoballoon=\"on\"', true",
  })
  void freeMemoryIsKnownWhereDom0KeepsItsOwn(String arguments, String configuration, boolean known)
      throws Exception {
    assertThat(free(arguments, configuration))
        .isEqualTo(known ? OptionalLong.of(1811) : OptionalLong.empty());
  }

  @Test
  void anAnswerWithoutTheLineIsUnknown() throws Exception {
    assertThat(
            new Answers(root)
                .answer("xl", "host : xen1\n", 0)
                .host(Timing.SYSTEM)
                .domains(Toolstack.XL)
                .freeMemoryMib())
        .isEmpty();
  }
}
