/**
 * The demo: starts broker, service and simulated shop in order, and stops them in reverse. Main
 * thread. May import notify-app, demo-broker's process package, kafka-clients and picocli.
 */
@NullMarked
package io.realtime.demo.shop;

import org.jspecify.annotations.NullMarked;
