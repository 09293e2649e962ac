package org.quattor.ncm.xen.host.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quattor.ncm.xen.host.DomainConfiguration.Share;
import org.quattor.ncm.xen.host.HostFailure;
import org.quattor.ncm.xen.host.HostLiveChanges;

/** The command lines, each of which was run on a Xen 4.17 host. */
class XlLiveChangesTest {

  @TempDir Path temp;

  @Test
  void eachChangeIsOneCommandLine() throws Exception {
    Answers answers = new Answers(temp).answer("xl", "[]", 0);
    HostLiveChanges changes = answers.host(Timing.SYSTEM).liveChanges();

    changes.setMemory("web", 512);
    changes.setVcpus("web", 4);
    changes.setShare("web", new Share("credit2", 512, 50));
    changes.setShare("web", new Share("credit", 256, 0));
    changes.pin("web", ImmutableList.of());
    changes.pin("web", ImmutableList.of(ImmutableSet.of(3, 1)));
    changes.pin("web", ImmutableList.of(ImmutableSet.of(0), ImmutableSet.of(1, 2)));
    changes.attachDisk(
        "web", ImmutableMap.of("format", "raw", "target", "/dev/vg/web,", "vdev", "xvdb"));
    changes.attachVif("web", ImmutableMap.of("mac", "00:16:3e:00:00:01", "bridge", "xenbr0"));

    assertThat(answers.heard())
        .filteredOn(line -> !line.equals("xl list -l"))
        .containsExactly(
            "xl mem-set -- web 512m",
            "xl vcpu-set --ignore-host -- web 4",
            "xl sched-credit2 -d web -w 512 -c 50",
            "xl sched-credit -d web -w 256 -c 0",
            "xl vcpu-pin web all all",
            "xl vcpu-pin web all 1,3",
            "xl vcpu-pin web 0 0",
            "xl vcpu-pin web 1 1,2",
            "xl block-attach -- web format=raw,vdev=xvdb,target=/dev/vg/web,,",
            "xl network-attach web mac=00:16:3e:00:00:01 bridge=xenbr0");
  }

  @Test
  void aSchedulerWithoutWeightsIsNamed() throws Exception {
    HostLiveChanges changes = new Answers(temp).host(Timing.SYSTEM).liveChanges();

    assertThatThrownBy(() -> changes.setShare("web", new Share("null", 512, 0)))
        .isInstanceOf(HostFailure.class)
        .hasMessage(
            "domain web is run by the scheduler null, which knows no weight and cap;"
                + " expected credit or credit2");
  }
}
