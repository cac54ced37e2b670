package io.realtime.verification.e2e;

import static io.realtime.verification.e2e.EventTableTest.notification;
import static io.realtime.verification.e2e.EventTableTest.order;
import static io.realtime.verification.e2e.EventTableTest.stock;
import static io.realtime.verification.harness.Stack.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.realtime.verification.chaos.world.FaultProxy;
import io.realtime.verification.harness.Browser.Page;
import io.realtime.verification.harness.Browser.View;
import io.realtime.verification.harness.Client;
import io.realtime.verification.harness.EndToEnd;
import io.realtime.verification.harness.Service;
import io.realtime.verification.harness.Stack;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two pages in a real browser. */
@EndToEnd
class PagesTest {
  private static final String CONNECTED = "#connection-state[data-state=connected]";

  private final Stack stack;
  private final Service service;

  PagesTest(Stack stack) {
    this.stack = stack;
    this.service = stack.service();
  }

  @Test
  void storefront_showsOrdersStockAndNotificationsOfItsUser() {
    String userId = unique("shopper");
    String product = unique("tea");
    try (Page page = stack.browser().open(storefront(userId), View.DESKTOP)) {
      page.awaitText(CONNECTED, "");
      stack.kafka().send("order.created", userId, order("order-of-" + userId, userId));
      page.awaitText("#orders", "order-of-" + userId);
      stack.kafka().send("inventory.updated", product, stock(product, 77));
      page.awaitText("#stock", product);
      stack.kafka().send("notification.general", userId, notification(userId, "Hello <b>you</b>"));
      page.awaitText("#notifications", "Hello <b>you</b>");
      page.screenshot(stack.folder("pages").resolve("storefront.png"));
      assertThat(page.problems()).isEmpty();
    }
  }

  @Test
  void storefront_losingTheService_showsItAndComesBack() {
    String userId = unique("shopper");
    try (Service own = stack.ownService("pages", stack.kafka(), Map.of());
        Page page =
            stack.browser().open(own.url() + "/storefront?userId=" + userId, View.DESKTOP)) {
      page.awaitText(CONNECTED, "");
      own.stop();
      page.awaitText("#connection-state[data-state=reconnecting]", "");
      own.startAgain();
      page.awaitText(CONNECTED, "");
      stack.kafka().send("order.created", userId, order("order-of-" + userId, userId));
      page.awaitText("#orders", "order-of-" + userId);
    }
  }

  @Test
  void storefront_reloadedAfterABreak_showsWhatCameMeanwhile() throws Exception {
    String userId = unique("shopper");
    try (FaultProxy proxy = new FaultProxy(service.port())) {
      String url = "http://localhost:" + proxy.port() + "/storefront?userId=" + userId;
      try (Page page = stack.browser().open(url, View.DESKTOP)) {
        page.awaitText(CONNECTED, "");
        proxy.refuse();
        stack.kafka().send("order.created", userId, order("order-of-" + userId, userId));
      }
      proxy.heal();
      // Nothing is left of the first one, as after a reload.
      try (Page page = stack.browser().open(url, View.DESKTOP)) {
        page.awaitText("#orders", "order-of-" + userId);
      }
    }
  }

  @Test
  void admin_showsFeedUsersAndAlerts() {
    String userId = unique("shopper");
    String product = unique("tea");
    try (Client user = stack.clients().user(service, userId).connected();
        Page page = stack.browser().open(service.url() + "/admin?userId=admin-1", View.DESKTOP)) {
      page.awaitText(CONNECTED, "");
      stack.kafka().send("order.created", userId, order("order-of-" + userId, userId));
      page.awaitText("#feed", "order-of-" + userId);
      user.await("order:created");
      page.awaitText("#users", userId);
      stack.kafka().send("inventory.updated", product, stock(product, 2));
      page.awaitText("#alerts", product);
      page.screenshot(stack.folder("pages").resolve("admin.png"));
      assertThat(page.problems()).isEmpty();
    }
  }

  @Test
  void docs_showEveryCall() {
    try (Page page = stack.browser().open(service.url() + "/api/docs", View.DESKTOP)) {
      for (String path : List.of("/health/ready", "/realtime/stats", "/realtime/broadcast/order")) {
        page.awaitText("#swagger-ui", path);
      }
      assertThat(page.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/storefront?userId=phone", "/admin?userId=admin-1"})
  void page_onAPhone_doesNotScrollSideways(String path) {
    try (Page page = stack.browser().open(service.url() + path, View.PHONE)) {
      page.awaitText(CONNECTED, "");
      String id = unique("a-rather-long-order-number-that-nobody-would-read-on-a-phone");
      stack.kafka().send("order.created", "phone", order(id, "phone"));
      page.awaitText(path.startsWith("/admin") ? "#feed" : "#orders", id);
      assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
          .isLessThanOrEqualTo(360);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/storefront?userId=dark", "/admin?userId=admin-1"})
  void page_inADarkScheme_isDark(String path) {
    for (View view : List.of(View.DESKTOP, View.DARK)) {
      try (Page page = stack.browser().open(service.url() + path, view)) {
        page.awaitText(CONNECTED, "");
        double brightness = page.evaluate(BRIGHTNESS).asDouble();
        if (view.scheme().equals("dark")) {
          assertThat(brightness).isLessThan(90);
        } else {
          assertThat(brightness).isGreaterThan(165);
        }
      }
    }
  }

  /** Mean of the channels of the first opaque background from the body upwards; white if none. */
  private static final String BRIGHTNESS =
      """
      (() => {
        for (const element of [document.body, document.documentElement]) {
          const colour = getComputedStyle(element).backgroundColor.match(/[\\d.]+/g).map(Number);
          if (colour.length === 3 || colour[3] > 0.5) {
            return (colour[0] + colour[1] + colour[2]) / 3;
          }
        }
        return 255;
      })()
      """;

  private String storefront(String userId) {
    return service.url() + "/storefront?userId=" + userId;
  }
}
