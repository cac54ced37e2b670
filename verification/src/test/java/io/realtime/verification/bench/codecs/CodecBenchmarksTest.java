package io.realtime.verification.bench.codecs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** That the benchmarks run, one invocation each; what they measure is not looked at. */
class CodecBenchmarksTest {
  @Test
  void benchmarks_oneInvocationEach_run() throws Exception {
    var options =
        new OptionsBuilder()
            .include(CodecBenchmarksTest.class.getPackageName().replace(".", "\\.") + "\\..*")
            .mode(org.openjdk.jmh.annotations.Mode.SingleShotTime)
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .timeout(TimeValue.seconds(30))
            .shouldFailOnError(true)
            .verbosity(VerboseMode.SILENT)
            .build();

    assertThat(new Runner(options).run())
        .hasSize(24)
        .extracting(RunResult::getParams)
        .doesNotContainNull();
  }
}
