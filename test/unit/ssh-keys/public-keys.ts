/** Public keys made by ssh-keygen (OpenSSH 9.2), with what `ssh-keygen -l` and `ssh-keygen -l -E md5` print of them. */
export const PUBLIC_KEYS = [
  {
    type: 'ssh-rsa',
    bits: 2048,
    fingerprint: 'SHA256:cx04VJ3wfPQQ9WAaRJYl5LnnbM0MxXIHPXwkYZtqaW4',
    fingerprintMd5: '43:6a:f2:a6:47:2d:74:86:a9:4f:83:68:d5:f5:b5:34',
    line: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQCTf+mftym6mS2oyHmSbp5noOP0evJ0fTAZMQtUrXkzilWqCmAZfpRKYkse/X6h6jT9byNT5r5ElLHe6l0TbjVOyaELwS+epoO5vhahwI9MnW7H7XmM9clYT89+rX+HTljaeoidd+k3B6Q6xWETBLq3BRlGRQlFaR19W/Bt6oGcj/Way52QX1SeQAuxxieUnFDHSTxJLWMbTJIAcJtR8rbgznhMoi6xfAHLemo4cPuTImt2k7HNVAiy28RN/1tmeiKdirdCgRi2XXwH18ZBPG9E48QNTfjagcCOHf8HaPW9I/rL8D3H03rNXUcwLCJr7FARx1v14oO17o0CksyIIOBh alice@laptop',
  },
  {
    type: 'ssh-rsa',
    bits: 4096,
    fingerprint: 'SHA256:O14Vnzj79BYSFsqXZehuaVPOy710+DLsOAb0kVbDIQE',
    fingerprintMd5: '8b:69:c1:ab:67:0f:4c:96:d0:bd:52:a2:c3:ed:27:22',
    line: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAACAQDahZp+749Dl/bsKWGkQSaT1oWudoJgqwU08kexukJI5H8UiZaQjqP9beyZvnsWHuOdT/plDAlNY4CbNQF0FKZBjz6XFJIKwIEpR9g0FnIea23o4lPCgF9U3VLc5vVS1guVijCau055D+MbNcOQ3QM4SzOoVImDJLur5WnxaG2YoBG8YdoAcpNDffWEzfSDgPIq189drTr22IghdDj6brHdZ0yEMcdhFPuSsOMyt9t8EqrkadLg2ao9L2GYYXJKjMK0Z9yRBmRlPc96dqzXvvhRJEB+1l1zT+SRyeMjVUP7U6WYHN/T4yO3C5zpGbk09rPJs5EPiD4ItuG8+2Rwm8LAMUZ+38Tf31eXfsIyGkpjXsaFJq2UzOofplDRkZkWiRK1W1MZqIYlEbmQ9z/iPxBljZRH52wHb6TJE6gLclvdl7Rd8oEV4ft+JPnUMryWSagb/M6jrVgPiekB3GpJBXLVjzQNbeYABj/oTxMVzyn5Cap+R3o/5Pp6X1IZPXBQ49Cf3BYPbRKFnIi8O0WhYGXc+iZBqapHj/rMpMq29gDSMfON14K+ebKxDHExJN/NAEHHlt8vjp66SumTWPIxXXaXh5cTZtTg0vElypml8Kp33QkLoMTimqyjyBYgg7auPe4AzBibew5Vk85j4KmEQs1UnXoi6MXy+2vCQzc5742Ekw== alice@laptop',
  },
  {
    type: 'ssh-ed25519',
    bits: 256,
    fingerprint: 'SHA256:I2AZtEUcus3mfgjXKXryBlwXywNY2BZDvuFjy1P0nFc',
    fingerprintMd5: '78:39:12:df:58:e4:96:23:d3:cf:7c:37:20:c6:a2:2f',
    line: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBFs/69Kw4C+ESK9rfOYCEsurY498jTaSOjioWFtBv0k alice@laptop',
  },
  {
    type: 'ecdsa-sha2-nistp256',
    bits: 256,
    fingerprint: 'SHA256:7m3UPI4IgBC+D5UkGgh1lFsUhelHTPMlf+0mUsSa1Gk',
    fingerprintMd5: 'c4:52:d7:71:d7:9d:ab:0c:11:5b:b5:3e:4b:a8:04:4b',
    line: 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBICr7e7o3l2RId0XeP/7euwPBiAUMS/HJhpVro0PWKMUWCEO8vhXDgD0fh50EE5IL3m7iwmBxhJNNSfvi8WGZXM= alice@laptop',
  },
  {
    type: 'ecdsa-sha2-nistp384',
    bits: 384,
    fingerprint: 'SHA256:SRo0RAMMSLUWnPdLOfRpkn01QKIzx4ENkqtNAclhUWI',
    fingerprintMd5: '96:57:d1:a4:49:0a:4f:7e:02:11:1c:68:ac:22:72:51',
    line: 'ecdsa-sha2-nistp384 AAAAE2VjZHNhLXNoYTItbmlzdHAzODQAAAAIbmlzdHAzODQAAABhBGrT93eNthH4mmXK+sINaok90TQ7DbjxjJ3SeejG/apXf6Gcf15idj3DVGhvMMZWPRfnp9nJRCzZdaQW5nnwqW3t8iyHx6lfNwsQN+AX09FPoHlROKNHJ8SncO86wF1/MQ== alice@laptop',
  },
  {
    type: 'ecdsa-sha2-nistp521',
    bits: 521,
    fingerprint: 'SHA256:Ffl5NsBrKa9nUb+/KcU2NWEuaMSslqpKmPU3ti1XbhU',
    fingerprintMd5: '96:fd:fd:e5:b9:b0:18:0e:17:6b:aa:da:fb:85:01:4a',
    line: 'ecdsa-sha2-nistp521 AAAAE2VjZHNhLXNoYTItbmlzdHA1MjEAAAAIbmlzdHA1MjEAAACFBAAFrzkGAPpz1/JOkqe2s49I6250eKAXzadNOU/REvb7GwdTYdakPzL+P8xJ2XcQYyzAYBAfwAWr2MZH2JomYRxFqQECXuNYPhbe1qC4OoHRWJVGCni/txD8BWz30bNuSO6yvVXOwdxUFUT9mJqcwpopZh6teQsxILxp9xGvROnE+Jn1+g== alice@laptop',
  },
  {
    type: 'ssh-dss',
    bits: 1024,
    fingerprint: 'SHA256:PUrB867v7f2J3Sv+u5xnCBncsHkMfywEmq2AR2iLOYI',
    fingerprintMd5: '36:6e:94:52:06:42:b7:97:8f:5f:7c:97:45:ba:84:59',
    line: 'ssh-dss AAAAB3NzaC1kc3MAAACBAMFmkwETCJWMvtBIIMhdUWxEALvSce+X7VS9aO1dCcvo9xWzn6spRjP7zs2Kvw1dVeSdUBpExrnMd0XKOgquhPrmZIKuw5hhF7rq8HVBS0llkbysLonAS+/9YNXWSjYIO3z2Q0Wu6kuD7YgUjgn7pyGA09GXyVgqGuomVv4kibfZAAAAFQCayWQgr7Tgum5ytbxA3jwNW2iYwQAAAIBuJ5bUmgKJXqobcQr8UQgz9I6FJ3DeboU8yVFrJMh7u+oWcBG1BEeqtTry6tCzh6h2Q0dIgqflossSC9Y6xQB4pKYijzZ1NCly0/Q3g4D/pt9U4E/rhoK7AgiBul30/nmRxE5PNWmUwaOQk788DpbbIf3V1k1HXbxmawaxkJSA9gAAAIAyrIJNRa4rgBt5gZT8R8B2RJSGp/9Nsoi/chijyeB9gZq+0HsFtogSfejEy0qxzNvB14VZGznVZuDHwB6SDiA/bIGaPQBTA/CZj8+RO9IfYakyoQX9Y7eai5smZ5AjajyB9zEveqTSzjjTpH8kEBIEgHBCAq+lChJpdsTEkl5VqA== alice@laptop',
  },
] as const;

/** Too short to be taken. */
export const RSA_1024 = {
  type: 'ssh-rsa',
  bits: 1024,
  fingerprint: 'SHA256:sMqmVyXqe1ni80BfGihZKfuR3QFaoTSNOxKH59GeLmM',
  fingerprintMd5: '2b:0f:8e:21:fd:5f:42:18:db:48:0b:db:21:b8:79:88',
  line: 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQDNplpX/eLZwq7Vt7zbw7GrJ1U9sADlNvpZeRcPGGkcVohVX9P3D9D9ull3oIfernkdSsSFVAZ5H2pkqwKA91tSbgx5z6S16SzLfdmktob5Te23vPhVm7F0ekal2g0VFy7FPB5aveDg4QmbeFR8AItTO2eUv0ht+OeZ7Szc5QTsaw== alice@laptop',
} as const;
