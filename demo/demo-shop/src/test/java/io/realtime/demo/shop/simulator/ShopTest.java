package io.realtime.demo.shop.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ShopTest {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-24T12:00:00Z"));
  private static final Pattern MEMBER = Pattern.compile("\"(\\w+)\":\"?([^\",}]*)");

  private static List<ShopEvent> events(long seed, int steps) {
    Shop shop = new Shop(new Random(seed), CLOCK, "o-");
    List<ShopEvent> events = new ArrayList<>();
    for (int i = 0; i < steps; i++) {
      events.addAll(shop.next());
    }
    return events;
  }

  private static String member(ShopEvent event, String name) {
    Matcher matcher = MEMBER.matcher(event.json());
    while (matcher.find()) {
      if (matcher.group(1).equals(name)) {
        return matcher.group(2);
      }
    }
    return "";
  }

  @Test
  void shop_sameSeed_sameEvents() {
    assertThat(events(7, 200)).isEqualTo(events(7, 200)).isNotEqualTo(events(8, 200));
  }

  @Test
  void shop_halfAMinute_servesEveryUserAndTouchesEveryKind() {
    List<ShopEvent> events = events(1, 60);

    assertThat(events)
        .filteredOn(event -> event.topic().equals("order.created"))
        .extracting(ShopEvent::key)
        .contains(Shop.USERS.toArray(String[]::new));
    assertThat(events)
        .extracting(ShopEvent::topic)
        .contains("order.created", "order.updated", "inventory.updated", "notification.general");
  }

  @Test
  void shop_longRun_writesOnlyToItsTopicsAndKeysByBuyerOrProduct() {
    assertThat(events(3, 2_000))
        .allSatisfy(
            event -> {
              assertThat(Shop.TOPICS).contains(event.topic());
              assertThat(
                      List.of(
                          member(event, "buyerId"),
                          member(event, "productId"),
                          member(event, "userId")))
                  .contains(event.key());
            });
  }

  @Test
  void shop_longRun_crossesTheLowStockThresholdAndRunsOut() {
    List<ShopEvent> stock =
        events(1, 1_000).stream().filter(e -> e.topic().equals("inventory.updated")).toList();

    assertThat(stock).anyMatch(e -> crosses(e, 10)).anyMatch(e -> crosses(e, 1));
    assertThat(stock).allMatch(e -> Integer.parseInt(member(e, "stock")) >= 0);
  }

  private static boolean crosses(ShopEvent event, int threshold) {
    return Integer.parseInt(member(event, "stock")) < threshold
        && Integer.parseInt(member(event, "previousStock")) >= threshold;
  }

  @Test
  void order_everyUpdate_followsFromTheOneBefore() {
    Map<String, String> status = new HashMap<>();
    Set<String> ended = new HashSet<>();
    for (ShopEvent event : events(5, 2_000)) {
      if (!event.topic().startsWith("order.")) {
        continue;
      }
      String id = member(event, "orderId");
      assertThat(ended).doesNotContain(id);
      if (event.topic().equals("order.created")) {
        assertThat(status).doesNotContainKey(id);
      } else if (event.topic().equals("order.updated")) {
        assertThat(status).containsEntry(id, member(event, "previousStatus"));
      } else {
        assertThat(status.get(id)).isIn("pending", "paid");
      }
      status.put(id, member(event, "status"));
      if (status.get(id).equals("delivered") || status.get(id).equals("cancelled")) {
        ended.add(id);
      }
    }
    assertThat(ended).isNotEmpty();
  }

  @Test
  void orders_open_stayBounded() {
    Map<String, String> open = new HashMap<>();
    int most = 0;
    for (ShopEvent event : events(11, 5_000)) {
      if (event.topic().startsWith("order.")) {
        String now = member(event, "status");
        if (now.equals("delivered") || now.equals("cancelled")) {
          open.remove(member(event, "orderId"));
        } else {
          open.put(member(event, "orderId"), now);
        }
        most = Math.max(most, open.size());
      }
    }
    assertThat(most).isLessThanOrEqualTo(Shop.MAX_OPEN_ORDERS);
  }
}
