package io.realtime.demo.shop.simulator;

/**
 * What a service of the shop would write to Kafka.
 *
 * @param key what order is kept by: the buyer or the product
 * @param json the record's value
 */
public record ShopEvent(String topic, String key, String json) {}
