package io.realtime.verification.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.bench.Figures.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FiguresTest {
  private static final Machine MACHINE = new Machine(2, "a \"fast\" one", 1 << 30, "6.1", "25");

  private final Figures figures = new Figures();

  @Test
  void spread_oddAndEvenSamples_hasTheMiddle() {
    assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(1, 2, 3));
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(new Spread(1, 2.5, 4));
  }

  @Test
  void bar_atItsRatio_isMet() {
    broadcast(Contender.OURS, 5);
    broadcast(Contender.RAW_NETTY, 4);

    assertThat(Bars.judge(figures, "epoll")).singleElement().asString().startsWith("met");
  }

  @Test
  void bar_pastItsRatio_isMissed() {
    broadcast(Contender.OURS, 5.01);
    broadcast(Contender.RAW_NETTY, 4);

    assertThat(Bars.judge(figures, "epoll")).singleElement().asString().startsWith("MISSED");
  }

  @Test
  void peersBar_isJudgedOnIoUringAlone() {
    broadcast(Contender.OURS, 5);
    broadcast(Contender.NODE, 15);

    assertThat(Bars.judge(figures, "epoll")).isEmpty();
    assertThat(Bars.judge(figures, "io_uring")).hasSize(1);
  }

  @Test
  void report_asJson_namesEveryFigure() {
    broadcast(Contender.NETTY_SOCKETIO, 9);
    broadcast(Contender.NETTY_SOCKETIO, 11);

    JsonNode json = JsonMapper.shared().readTree(new Report(MACHINE, "io_uring", figures).json());

    assertThat(json.path("machine").path("cores").asInt()).isEqualTo(2);
    assertThat(json.path("transport").asString()).isEqualTo("io_uring");
    JsonNode figure = json.path("figures").path(0);
    assertThat(figure.path("server").asString()).isEqualTo("netty-socketio");
    assertThat(figure.path("scenario").asString()).isEqualTo("broadcast-5000");
    assertThat(figure.path("metric").asString()).isEqualTo("cpu_us");
    assertThat(figure.path("min").asDouble()).isEqualTo(9);
    assertThat(figure.path("median").asDouble()).isEqualTo(10);
    assertThat(figure.path("max").asDouble()).isEqualTo(11);
  }

  private void broadcast(Contender contender, double micros) {
    figures.add(contender, Scenario.BROADCAST_5000, Metric.CPU_US, micros);
  }
}
