package io.realtime.notify.core.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.notify.core.catalogue.Rooms;
import io.realtime.notify.core.catalogue.RoutedEvent.StockLevel;
import io.realtime.notify.core.fakes.FakeClock;
import io.realtime.notify.core.fakes.FakeNamespace;
import io.realtime.notify.core.fakes.FakeSocket;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StockAlertsTest {
  private final FakeNamespace namespace = new FakeNamespace();
  private final FakeSocket admin = namespace.connect(Rooms.ADMIN);
  private final FakeSocket user = namespace.connect(Rooms.INVENTORY);
  private final StockAlerts alerts = new StockAlerts(namespace, BigDecimal.TEN, new FakeClock(), 2);

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "20 10            |",
        "20 9             | LOW_STOCK",
        "20 9 8 3         | LOW_STOCK",
        "20 9 10 9        | LOW_STOCK LOW_STOCK",
        "20 0             | OUT_OF_STOCK",
        "20 9 0           | LOW_STOCK OUT_OF_STOCK",
        "20 0 0           | OUT_OF_STOCK",
        "20 0 5           | OUT_OF_STOCK",
        "20 0 5 0         | OUT_OF_STOCK OUT_OF_STOCK",
        "9                | LOW_STOCK",
        "0                | OUT_OF_STOCK",
        "9.5              | LOW_STOCK"
      })
  void stock_moving_raisesOneAlertPerCrossing(String stocks, String expected) {
    for (String stock : words(stocks.strip())) {
      level("p-1", stock, OptionalInt.empty());
    }

    assertThat(types()).isEqualTo(expected == null ? List.of() : words(expected));
  }

  @Test
  void firstValue_whoseSourceSaysItWasBelowBefore_raisesNone() {
    level("p-1", "5", OptionalInt.of(7));

    assertThat(types()).isEmpty();
  }

  @Test
  void ourOwnLastValue_countsBeforeWhatTheSourceSays() {
    level("p-1", "20", OptionalInt.empty());
    level("p-1", "5", OptionalInt.of(7));

    assertThat(types()).containsExactly("LOW_STOCK");
  }

  @Test
  void products_asManyAsAreKept_areRememberedAndOneMoreForgetsTheQuietest() {
    level("p-1", "5", OptionalInt.empty());
    level("p-2", "5", OptionalInt.empty());
    level("p-1", "4", OptionalInt.empty());
    assertThat(types()).hasSize(2);

    level("p-3", "5", OptionalInt.empty());
    level("p-1", "3", OptionalInt.empty());
    assertThat(types()).hasSize(3);

    level("p-2", "4", OptionalInt.empty());
    assertThat(types()).hasSize(4);
  }

  @Test
  void alert_namesProductStockAndThreshold_andReachesAdministratorsOnly() {
    level("p-1", "3", OptionalInt.empty());

    assertThat(types()).hasSize(1);
    assertThat(admin.sent().getFirst().message().arguments().get(1))
        .isInstanceOfSatisfying(
            Map.class,
            alert -> {
              assertThat(alert.get("severity")).isEqualTo("warning");
              assertThat(alert.get("message")).isEqualTo("Stock of product p-1 is low: 3");
              assertThat(alert.get("productId")).isEqualTo("p-1");
              assertThat(alert.get("stock")).isEqualTo(new BigDecimal("3"));
              assertThat(alert.get("threshold")).isEqualTo(BigDecimal.TEN);
              assertThat(alert.get("timestamp")).isEqualTo("2026-11-24T10:00:00Z");
            });
    assertThat(user.sent()).isEmpty();
  }

  private static List<String> words(String text) {
    return Pattern.compile(" ").splitAsStream(text).toList();
  }

  private void level(String productId, String stock, OptionalInt previous) {
    alerts.onStock(
        productId,
        new StockLevel(
            new BigDecimal(stock),
            previous.isPresent()
                ? Optional.of(BigDecimal.valueOf(previous.getAsInt()))
                : Optional.empty()));
    namespace.loop().turn();
  }

  private List<String> types() {
    return admin.sent().stream()
        .map(sent -> (Map<?, ?>) sent.message().arguments().get(1))
        .map(alert -> String.valueOf(alert.get("type")))
        .toList();
  }
}
