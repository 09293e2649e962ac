package org.quattor.ncm.xen.derive;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.quattor.ncm.component.Element;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.profile.ProfileReader;

/**
 * The fixture is a host as the Pan compiler wrote it, with the templates of old, from the profiles
 * of three guests. What is derived from the same profiles differs in what is mended, and in nothing
 * else.
 */
class CompilerAgreementTest {

  private static final Path FOLDER = folder();

  private static Path folder() {
    try {
      return Path.of(CompilerAgreementTest.class.getResource("variables.json").toURI()).getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatIsDerivedIsWhatTheCompilerMadeButForTheMends() {
    Profile host = new ProfileReader().read(FOLDER.resolve("xenhost.example.org.json"));
    HostVariables variables = new VariablesReader().file(FOLDER.resolve("variables.json")).read();

    DerivedProfile derived =
        new Derivation(variables, Toolstack.XM)
            .derive(host, GuestProfiles.in(ImmutableList.of(FOLDER)));

    assertThat(Site.sentences(derived)).isEmpty();
    Map<String, String> expected = leaves(host);
    String domains = "/software/components/xen/domains/";
    String options2 = domains + "vm2.example.org/options/";
    // All disks, not just the first.
    expected.put(options2 + "disk/1/create", "true");
    expected.put(options2 + "disk/1/guestdevice", "xvdb");
    expected.put(options2 + "disk/1/hostdevice", "xenvg");
    expected.put(options2 + "disk/1/hostvol", "vm2.example.org-xvdb");
    expected.put(options2 + "disk/1/rw", "w");
    expected.put(options2 + "disk/1/size", "512000");
    expected.put(options2 + "disk/1/type", "lvm");
    // One notation of MACs.
    expected.put(options2 + "vif/0", "mac=00:16:3e:11:22:32,bridge=xenbr0");
    expected.put(options2 + "vif/1", "mac=00:16:3e:11:22:33,bridge=xenbr1");
    String options3 = domains + "vm3.example.org/options/";
    expected.put(options3 + "vif/0", "mac=00:16:3e:11:22:34,bridge=xenbr2");
    // A guest with arguments of its own for the bootloader has virtual CPUs too.
    expected.put(options3 + "vcpus", "1");
    assertThat(leaves(derived)).isEqualTo(expected);
  }

  private static Map<String, String> leaves(Profile profile) {
    Map<String, String> leaves = new TreeMap<>();
    collect(profile.find("/").orElseThrow(), leaves);
    return leaves;
  }

  private static void collect(Element element, Map<String, String> leaves) {
    if (element.type().isProperty()) {
      leaves.put(element.path(), element.text());
    } else {
      element.children().forEach(child -> collect(child, leaves));
    }
  }
}
