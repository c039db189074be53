// The calls of the ESP32's HTTPClient that the sketch makes, over a socket; http://host:port/path only.
#pragma once
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

#include "Arduino.h"

class HTTPClient {
  std::string host, path, headers;
  int port = 80;

 public:
  bool begin(const String& url) {
    const std::string text = std::string(url.c_str()).substr(sizeof("http://") - 1);
    const std::size_t slash = text.find('/'), colon = text.find(':');
    host = text.substr(0, colon);
    port = std::atoi(text.substr(colon + 1, slash - colon - 1).c_str());
    path = text.substr(slash);
    return true;
  }
  void addHeader(const String& name, const String& value) {
    headers += std::string(name.c_str()) + ": " + value.c_str() + "\r\n";
  }
  int POST(const String& body) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    inet_pton(AF_INET, host.c_str(), &address.sin_addr);
    const int connection = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(connection, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) return -1;
    const std::string request = "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + headers +
                                "Content-Length: " + std::to_string(body.length()) + "\r\n\r\n" + body.c_str();
    if (write(connection, request.data(), request.size()) < 0) return -1;
    std::string answer(64, '\0');
    answer.resize(read(connection, &answer[0], answer.size()));
    close(connection);
    return std::atoi(answer.substr(sizeof("HTTP/1.1 ") - 1).c_str());
  }
  void end() {}
};
