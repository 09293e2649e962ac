package org.quattor.ncm.xen;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.Resources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.quattor.ncm.component.ComponentContext;
import org.quattor.ncm.component.Intent;
import org.quattor.ncm.component.Profile;
import org.quattor.ncm.xen.finding.Catalogue;
import org.quattor.ncm.xen.finding.Entry;
import org.quattor.ncm.xen.finding.FormMatcher;
import org.quattor.ncm.xen.host.HostFacts;
import org.quattor.ncm.xen.host.Toolstack;
import org.quattor.ncm.xen.host.XenVersion;
import org.quattor.ncm.xen.profile.ProfileReader;

/** Every text of schema, model, rules and translation is one that some profile causes. */
class ProfileFindingsTest {

  /** Those that need a certain host, or the profile of a second one. */
  private static final ImmutableSet<String> ELSEWHERE =
      ImmutableSet.of("XEN155", "XEN156", "XEN157", "XEN190", "XEN191", "XEN192", "XEN193");

  private static final HostFacts XM =
      new HostFacts(ImmutableSet.of(Toolstack.XM), true, true, new XenVersion(3, 4), "xen1");

  @TempDir Path folder;

  /**
   * A profile and what it causes.
   *
   * @param form the form of the finding
   * @param parts members of the profile, by their place
   */
  record Case(String form, ImmutableMap<String, String> parts) {

    static Case of(String paragraph) {
      ImmutableMap.Builder<String, String> parts = ImmutableMap.builder();
      ImmutableList<String> lines = ImmutableList.copyOf(Splitter.on('\n').split(paragraph));
      for (String line : lines.subList(1, lines.size())) {
        int colon = line.indexOf(": ");
        parts.put(line.substring(0, colon), line.substring(colon + 2));
      }
      return new Case(lines.get(0), parts.buildOrThrow());
    }

    private String more(String place) {
      return parts.containsKey(place) ? ", " + parts.get(place) : "";
    }

    Profile profile() {
      String web =
          "'web': {'options': {'name': 'web', 'memory': 64, 'kernel': '/boot/vmlinuz'%s}%s}"
              .formatted(more("options"), more("web"));
      String json =
          """
          {"system": {"network": {"hostname": "xen1", "domainname": "example.org"}%s},
           "software": {"components": {"xen": {
             "active": true, "dispatch": true, "domains": {%s}%s}}}%s}
          """
              .formatted(
                  more("system"),
                  parts.getOrDefault("domains", web),
                  more("component"),
                  more("rest"))
              .replace('\'', '"')
              .replace("MANY", "1,".repeat(10_001) + "1")
              .replace("HUGE", "a".repeat(4096))
              .replace("LONG", "a".repeat(250))
              .replace("SHA256", "0".repeat(64))
              .replace("SHA512", "1".repeat(64));
      return new ProfileReader()
          .read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), "test");
    }

    @Override
    public String toString() {
      return form;
    }
  }

  static Stream<Case> cases() throws IOException {
    String text =
        Resources.toString(
            Resources.getResource(ProfileFindingsTest.class, "profile-findings.txt"),
            StandardCharsets.UTF_8);
    return Splitter.on("\n\n").splitToStream(text.strip()).skip(1).map(Case::of);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aProfileCausesIt(Case one) throws IOException {
    Scenario host = new Scenario(folder.resolve("host"));
    if (one.parts().getOrDefault("toolstack", "xl").equals("xm")) {
      host.with(bare -> bare.withFacts(XM));
    }
    ComponentContext.Builder context = host.context(one.profile());
    if (one.parts().containsKey("pan")) {
      Path schema =
          Files.writeString(
              folder.resolve("site.pan"),
              "declaration template site;\n" + one.parts().get("pan").replace("; ", ";\n") + "\n");
      context.option("schema", ImmutableList.of(schema.toString()));
    }

    assertThat(new XenComponent().plan(Intent.CONFIGURE, context.build()).findings())
        .anyMatch(finding -> FormMatcher.isOf(one.form(), finding));
  }

  @Test
  void noTextIsLeftOut() throws IOException {
    TreeSet<String> forms = new TreeSet<>();
    for (Entry entry : Catalogue.get().all()) {
      if (entry.id().compareTo("XEN300") < 0 && !ELSEWHERE.contains(entry.id())) {
        for (String form : entry.forms().keySet()) {
          forms.add(entry.id() + (form.isEmpty() ? "" : "." + form));
        }
      }
    }

    assertThat(cases().map(Case::form).distinct()).containsExactlyInAnyOrderElementsOf(forms);
  }
}
