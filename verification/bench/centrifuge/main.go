// Command centrifuge serves the engine of Centrifugo under ./bench: obeys the commands of Commands.java.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"log"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/centrifugal/centrifuge"
)

const text = "Your order has left the warehouse and will be with you tomorrow before noon, by bicycle."

type event struct {
	TS     int64  `json:"ts"`
	User   int    `json:"user"`
	Kind   string `json:"kind"`
	Status string `json:"status"`
	Text   string `json:"text"`
}

func payload(user int, stamp int64) []byte {
	encoded, err := json.Marshal(event{stamp, user, "order:updated", "SHIPPED", text})
	if err != nil {
		log.Fatal(err)
	}
	return encoded
}

func publish(node *centrifuge.Node, channel string, data []byte) {
	if _, err := node.Publish(channel, data); err != nil {
		log.Fatal(err)
	}
}

func main() {
	node, err := centrifuge.New(centrifuge.Config{})
	if err != nil {
		log.Fatal(err)
	}
	node.OnConnecting(func(ctx context.Context, e centrifuge.ConnectEvent) (centrifuge.ConnectReply, error) {
		credentials, _ := centrifuge.GetCredentials(ctx)
		return centrifuge.ConnectReply{
			Subscriptions: map[string]centrifuge.SubscribeOptions{
				"all":                        {},
				"user:" + credentials.UserID: {},
			},
		}, nil
	})
	if err := node.Run(); err != nil {
		log.Fatal(err)
	}
	websocket := centrifuge.NewWebsocketHandler(node, centrifuge.WebsocketConfig{
		CheckOrigin: func(*http.Request) bool { return true },
	})
	http.HandleFunc("/connection/websocket", func(w http.ResponseWriter, r *http.Request) {
		credentials := &centrifuge.Credentials{UserID: r.URL.Query().Get("user")}
		websocket.ServeHTTP(w, r.WithContext(centrifuge.SetCredentials(r.Context(), credentials)))
	})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	go func() { log.Fatal(http.Serve(listener, nil)) }()
	fmt.Printf("ready %d go\n", listener.Addr().(*net.TCPAddr).Port)
	obey(node)
}

func obey(node *centrifuge.Node) {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		switch words[0] {
		case "broadcast":
			publish(node, "all", payload(0, number(words[1])))
		case "direct":
			for user := number(words[1]); user < number(words[2]); user++ {
				publish(node, "user:"+strconv.FormatInt(user, 10), payload(int(user), number(words[3])))
			}
		case "gc":
			runtime.GC()
			debug.FreeOSMemory()
			var memory runtime.MemStats
			runtime.ReadMemStats(&memory)
			fmt.Printf("live %d\n", memory.HeapAlloc)
		default:
			log.Fatal("command: ", lines.Text())
		}
	}
}

func number(word string) int64 {
	n, err := strconv.ParseInt(word, 10, 64)
	if err != nil {
		log.Fatal(err)
	}
	return n
}
